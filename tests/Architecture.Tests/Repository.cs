namespace Brigade.Architecture.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "Dashboard.sln")) ? directory : Find(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("Dashboard.sln was not found above the tests."));
}
