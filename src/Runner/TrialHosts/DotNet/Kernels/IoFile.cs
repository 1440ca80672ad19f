namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>io.file</c>: writes a file, syncs it to disk and reads it back. Blocks the event loop: Linux files have no readiness to wait for.</summary>
internal sealed class IoFile : IKernel
{
    private readonly byte[] _content;
    private readonly byte[] _read;
    private readonly string _path;

    public IoFile(KernelSettings settings)
    {
        _content = Pattern.Create(settings.Whole("bytes", Pattern.MaximumBytes));
        _read = new byte[_content.Length];
        _path = Path.Combine(settings.Scratch, $"file-{Environment.ProcessId}-{settings.Worker}");
    }

    public ulong Run(long index)
    {
        using var file = File.OpenHandle(_path, FileMode.Create, FileAccess.ReadWrite);
        RandomAccess.Write(file, _content, 0);
        RandomAccess.FlushToDisk(file);
        var length = 0;
        int read;
        do
        {
            read = RandomAccess.Read(file, _read.AsSpan(length), length);
            length += read;
        }
        while (read > 0);
        return Pattern.Hash(_read.AsSpan(0, length));
    }
}
