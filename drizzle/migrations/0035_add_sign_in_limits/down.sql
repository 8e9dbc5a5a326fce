drop trigger auth_accounts_end_sessions on auth_accounts;
drop function auth_accounts_end_sessions();
drop table auth_known_networks;
drop table auth_tries;

delete from callboard_migrations where name = '0035_add_sign_in_limits';
