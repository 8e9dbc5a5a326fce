drop table auth_rate_limits;
drop table auth_verifications;
drop table auth_accounts;
drop table auth_sessions;
drop table auth_users;

delete from callboard_migrations where name = '0030_add_auth_tables';
