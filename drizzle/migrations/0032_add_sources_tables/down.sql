drop table source_secrets;
drop table sources;

delete from callboard_migrations where name = '0032_add_sources_tables';
