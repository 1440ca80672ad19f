namespace Brigade.Runner.Commands;

/// <summary>Messages on standard error, which may be a terminal that was closed.</summary>
internal static class Stderr
{
    public static async Task TellAsync(string message)
    {
        try
        {
            await Console.Error.WriteLineAsync(message);
        }
        catch (IOException)
        {
            // Nobody is left to read it, which must not lose what was measured.
        }
    }
}
