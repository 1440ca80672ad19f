using System.Text;
using Brigade.Runner.Recording;

namespace Brigade.Runner.Agent;

/// <summary>Secrets that come in the environment.</summary>
internal static class SecretEnvironment
{
    private const int EnvironmentStartField = 47;

    /// <summary>
    /// Takes a variable out of the environment. Child processes do not get it, and it is wiped from the block that the kernel
    /// shows as <c>/proc/PID/environ</c>, which measured code of the same user could read.
    /// </summary>
    public static string? Take(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        if (value is not null)
        {
            Environment.SetEnvironmentVariable(name, null);
            Wipe(name);
        }

        return value;
    }

    private static unsafe void Wipe(string name)
    {
        var (start, end) = Block();
        if (start == 0 || end <= start || end - start > 16 << 20)
        {
            return;
        }

        // The block is this process's own stack, writable, and as long as the kernel says.
        var block = new Span<byte>((void*)start, (int)(end - start));
        var entry = Encoding.UTF8.GetBytes(name + "=");
        for (var at = 0; at < block.Length;)
        {
            var length = block[at..].IndexOf((byte)0) is var zero and >= 0 ? zero : block.Length - at;
            if (block.Slice(at, length).StartsWith(entry))
            {
                block.Slice(at, length).Clear();
            }

            at += length + 1;
        }
    }

    private static (long Start, long End) Block()
    {
        using var file = ProcFile.Open("/proc/self/stat");
        var text = file is null ? "" : Encoding.ASCII.GetString(file.Read(stackalloc byte[2048]));
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > EnvironmentStartField + 1
            && long.TryParse(fields[EnvironmentStartField], System.Globalization.CultureInfo.InvariantCulture, out var start)
            && long.TryParse(fields[EnvironmentStartField + 1], System.Globalization.CultureInfo.InvariantCulture, out var end) ? (start, end) : (0, 0);
    }
}
