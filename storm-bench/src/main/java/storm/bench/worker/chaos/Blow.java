package storm.bench.worker.chaos;

/// What happens to a process.
enum Blow {
    WORKER_KILLED("a worker is killed"),
    WORKER_STOPPED("a worker stops in order"),
    WORKER_ASLEEP("a worker sleeps past its leases"),
    REDIS_KILLED("Redis is killed"),
    DATABASE_KILLED("the database is killed and away for 20 s"),
    DATABASE_HANGING("the database answers nothing for 5 s");

    private final String words;

    Blow(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
