namespace Brigade.Contracts.Spec;

/// <summary>How the tasks of a trial run at the same time.</summary>
public enum Strategy
{
    /// <summary>One task after the other on one thread: what all others are compared with.</summary>
    Sequential,

    /// <summary>Operating-system threads of one process.</summary>
    Threads,

    /// <summary>Cooperative tasks on one thread with one event loop.</summary>
    Async,

    /// <summary>The runtime's own task pool.</summary>
    Pool,

    /// <summary>A fixed pool of worker processes.</summary>
    Processes,

    /// <summary>A new process for every task.</summary>
    ProcessPerTask,
}

/// <summary>How task arguments and results cross a process border.</summary>
public enum Channel
{
    Pipe,
    Queue,
    Manager,
    SharedMemory,
}

/// <summary>How Python starts a worker process.</summary>
public enum StartMethod
{
    Fork,
    Spawn,
    Forkserver,
}

/// <summary>The order in which the trials of a run are executed.</summary>
public enum TrialOrder
{
    /// <summary>Every repetition is one block that holds each cell once, in an order drawn from the seed.</summary>
    Interleaved,

    /// <summary>As the matrix lists them, all repetitions of a cell together.</summary>
    Listed,
}

/// <summary>The kind of fault that is injected at a given task.</summary>
public enum FaultKind
{
    Crash,
    Exception,
    Hang,
}
