using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>How the tasks of a trial run at the same time. Its workers live from <see cref="Start"/> to the end of the process.</summary>
internal interface IStrategy
{
    /// <summary>Methods compiled so far in the processes that run tasks.</summary>
    long CompiledMethods { get; }

    /// <summary>Starts the workers and gives who they are, in order, when all of them are up.</summary>
    /// <exception cref="TrialFailedException">One cannot start.</exception>
    WorkerIdentity[] Start();

    /// <summary>Lets all workers go, and does not wait. Each of them calls <see cref="Phase.WorkerEnded"/> once.</summary>
    void Begin(Phase phase);

    /// <summary>What all workers did since the last call; between two phases.</summary>
    Totals TakeTotals();

    /// <summary>How many measured tasks a worker that has faults has started.</summary>
    long StartedBy(int worker);

    /// <summary>The strategy's own figures of the measured part, by names in camelCase with their unit at the end.</summary>
    void AddFigures(IDictionary<string, double> figures)
    {
    }

    /// <summary>Has workers in other processes tear down what the workload set up, after the last task; gives what went wrong.</summary>
    IEnumerable<string> TearDown() => [];

    /// <summary>Kills the processes that it started, if any; from any thread, at any time.</summary>
    void Kill();
}
