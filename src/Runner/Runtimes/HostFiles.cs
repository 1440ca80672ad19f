namespace Brigade.Runner.Runtimes;

/// <summary>The trial hosts that are files beside the runner.</summary>
internal static class HostFiles
{
    private static readonly string Home = Path.GetDirectoryName(typeof(HostFiles).Assembly.Location) ?? AppContext.BaseDirectory;

    /// <summary>The full path of a host's file.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Home, "TrialHosts", .. parts]);
}
