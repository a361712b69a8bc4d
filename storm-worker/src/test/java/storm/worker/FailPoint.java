package storm.worker;

/// Where a worker process of a test dies, as if by kill -9.
enum FailPoint {
    NONE,
    BEFORE_INSERT,
    AFTER_INSERT,
    AFTER_PUBLISH,
    AFTER_DELIVERED
}
