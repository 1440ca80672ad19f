namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>What a task that is only tried returned, as text: a trial itself knows numbers only.</summary>
internal static class LastResult
{
    private const int MostCharacters = 4096;

    /// <summary>The text; null where nothing was tried.</summary>
    public static string? Text { get; private set; }

    /// <summary>Keeps what was returned, and gives the number that goes into the checksum.</summary>
    public static ulong Show(object? value)
    {
        var text = TaskResult.Text(value);
        Text = text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
        return TaskResult.Of(value);
    }
}
