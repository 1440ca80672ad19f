namespace Brigade.Runner.TrialHosts.DotNet.Children;

/// <summary>Ends a child process that serves its parent when the parent ends: its standard input ends then.</summary>
internal static class ParentWatch
{
    /// <summary>Takes the standard input and begins to watch it on a thread of its own.</summary>
    public static void Start()
    {
        var input = Native.TakeInput();
        new Thread(
            () =>
            {
                var ignored = new byte[16];
                while (Native.Read(input, ignored) > 0)
                {
                }

                Native.ExitNow(0);
            },
            128 * 1024)
        { IsBackground = true, Name = "input" }.Start();
    }
}
