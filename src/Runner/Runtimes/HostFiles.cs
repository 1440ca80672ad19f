namespace Brigade.Runner.Runtimes;

/// <summary>The trial hosts that are files beside the runner.</summary>
internal static class HostFiles
{
    /// <summary>Where the runner itself is.</summary>
    public static string Home { get; } = Path.GetDirectoryName(typeof(HostFiles).Assembly.Location) ?? AppContext.BaseDirectory;

    /// <summary>The full path of a host's file.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Home, "TrialHosts", .. parts]);
}
