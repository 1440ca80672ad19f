namespace Brigade.Integration.Tests.Support;

/// <summary>Real work, but little of it.</summary>
internal static class Specs
{
    /// <summary>Four trials in both runtimes, done in a second or two.</summary>
    public const string Tiny =
        """
        { "name": "tiny", "workload": { "kernel": "cpu.primes", "params": { "limit": 2000 } },
          "matrix": { "runtime": ["python", "dotnet"], "strategy": ["sequential", "threads"], "workers": [2] },
          "load": { "tasks": 100 }, "warmup": { "tasks": 5 }, "repeat": 1 }
        """;

    /// <summary>One trial that takes longer than a test waits.</summary>
    public const string Long =
        """
        { "name": "long", "workload": { "kernel": "io.sleep", "params": { "milliseconds": 20 } },
          "matrix": { "runtime": ["python"], "strategy": ["processes"], "workers": [2] },
          "load": { "duration": "300s" }, "warmup": { "tasks": 0 }, "repeat": 1, "limits": { "trialTimeout": "600s" } }
        """;
}
