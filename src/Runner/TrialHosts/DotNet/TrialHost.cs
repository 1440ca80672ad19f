namespace Brigade.Runner.TrialHosts.DotNet;

public static class TrialHost
{
    public static int Run() => 1;
}

public static class TrialWorker
{
    public static int Run() => 1;
}
