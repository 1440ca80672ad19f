namespace Brigade.Runner.Trials;

/// <summary>The directory of one trial, made for it and deleted after it.</summary>
internal static class Scratch
{
    public const string Prefix = "brigade-trial-";

    /// <summary>A new directory that only this user can enter.</summary>
    public static string Create(string mark) =>
        Directory.CreateTempSubdirectory($"{Prefix}{mark}.").FullName;

    /// <summary>Deletes what can be deleted; what the trial made undeletable is left to the system's own cleaning.</summary>
    public static void Delete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
