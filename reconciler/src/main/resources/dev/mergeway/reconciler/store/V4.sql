-- A look asks for what is not well, or not as applied, of one environment: without these it would read all that is in it.

create index if not exists resources_by_environment_sync on resources (environment, sync, id);
create index if not exists resources_by_environment_health on resources (environment, health, id);
