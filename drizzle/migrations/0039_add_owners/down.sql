alter table auth_users drop column is_owner;

delete from callboard_migrations where name = '0039_add_owners';
