namespace Brigade.Integration.Tests.Support;

internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("brigade-it-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
