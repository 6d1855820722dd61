-- The pull requests that a release brings and that wait with it, while it is held: an approval of any of them is looked for.

create table if not exists waiting (
    environment ${key} not null,
    repository ${key} not null,
    number integer not null,
    primary key (environment, repository, number)
);
create index if not exists waiting_by_repository on waiting (repository, number);
create index if not exists pulls_by_verdict on pulls (repository, verdict, number);

-- What is held already: the one that its last run names; its next release adds the others.
insert into waiting (environment, repository, number)
    select e.name, r.repository, r.pull from environments e join runs r on r.id = e.last_run
    where e.sync = 'HELD' and r.pull is not null
        and not exists (select 1 from waiting w where w.environment = e.name);
