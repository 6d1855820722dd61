package dev.mergeway.reconciler.flow;

/** What the flows share: the outside, what is remembered, and the steps that more than one of them takes. */
record Room(
        World world,
        Memory memory,
        Library library,
        Planning planning,
        Judging judging,
        Applying applying,
        Results results,
        Runs runs,
        Saying saying,
        Receipts receipts,
        LeftReceipts left,
        Forks forks) {
    /** @param pages where people read more, without a slash at the end */
    static Room of(World world, Memory memory, Library library, String pages, int concurrency) {
        Planning planning = new Planning(library, world, memory.meter());
        Applying applying = new Applying(world.targets(), concurrency, memory.journal());
        Judging judging = new Judging(world, memory);
        Statuses statuses = new Statuses(world, memory.clock());
        Saying saying = new Saying(world, memory, statuses, pages);
        return new Room(
                world,
                memory,
                library,
                planning,
                judging,
                applying,
                new Results(world, memory),
                new Runs(memory),
                saying,
                new Receipts(world, memory, saying, statuses),
                new LeftReceipts(world, memory, saying, statuses),
                new Forks(world, memory));
    }
}
