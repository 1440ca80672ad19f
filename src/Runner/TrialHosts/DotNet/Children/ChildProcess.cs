using System.Diagnostics;
using System.Globalization;
using Brigade.Runner.Trials;

namespace Brigade.Runner.TrialHosts.DotNet.Children;

/// <summary>
/// A process of the Runner's own executable that this process has started. Its standard input and output are pipes; standard error is
/// this process's. It is started by the system's own call, which costs a fraction of what .NET's does and gives a child exactly the
/// descriptors that it needs.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Lock _reaping = new();
    private int? _status;

    private ChildProcess(int id, int input, int output) => (Id, Input, Output) = (id, input, output);

    public int Id { get; }

    /// <summary>The descriptor that writes to its standard input.</summary>
    public int Input { get; }

    /// <summary>The descriptor that reads its standard output.</summary>
    public int Output { get; }

    /// <summary>Starts a hidden verb of the Runner.</summary>
    /// <param name="inherited">What the child gets as descriptors 3, 4 and so on.</param>
    /// <exception cref="TrialFailedException">The system refuses.</exception>
    public static ChildProcess Start(IReadOnlyList<string> arguments, ReadOnlySpan<int> inherited)
    {
        var command = TrialHost.CommandOf(arguments);
        var (childInput, input) = Descriptors.Pipe();
        var (output, childOutput) = Descriptors.Pipe();
        try
        {
            var id = Spawn.Start(command.File, command.Arguments, [(childInput, 0), (childOutput, 1), .. Inherited(inherited)]);
            return new ChildProcess(id, input, output);
        }
        catch (TrialFailedException)
        {
            Descriptors.Close([input, output]);
            throw;
        }
        finally
        {
            Descriptors.Close([childInput, childOutput]);
        }
    }

    /// <summary>Kills it, if it still runs; from any thread.</summary>
    public void Kill()
    {
        lock (_reaping)
        {
            // A process that was waited for may have given its number to another one.
            if (_status is null)
            {
                _ = Linux.Kill(Id, Linux.Sigkill);
            }
        }
    }

    /// <summary>Whether it has ended; then it leaves nothing behind in the system's table of processes.</summary>
    public bool HasEnded()
    {
        lock (_reaping)
        {
            _status ??= Spawn.TryWait(Id);
            return _status is not null;
        }
    }

    /// <summary>Waits for the end of a process that is about to end: it was killed, or its output has ended.</summary>
    /// <returns>How it ended: <c>ended with exit code 1</c>, <c>was ended by signal 9 (…)</c>, or <c>closed its output</c> where it goes on.</returns>
    public string DescribeEnd()
    {
        const long ShortestLookNs = 20_000;
        const long PatienceNs = 1_000_000_000;
        for (var wait = ShortestLookNs; wait < PatienceNs && !HasEnded(); wait += wait / 4)
        {
            Native.SleepUntil(Stopwatch.GetTimestamp() + (wait / 4));
        }

        return _status switch
        {
            null => "closed its output",
            < 0 => $"was ended by signal {Linux.Describe(-_status.Value)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"ended with exit code {_status}"),
        };
    }

    /// <summary>Closes the pipes; the process is left alone, but its end is taken note of where it has ended.</summary>
    public void Dispose()
    {
        Descriptors.Close([Input, Output]);
        HasEnded();
    }

    private static (int From, int To)[] Inherited(ReadOnlySpan<int> descriptors)
    {
        var pairs = new (int, int)[descriptors.Length];
        for (var index = 0; index < pairs.Length; index++)
        {
            pairs[index] = (descriptors[index], Channels.ChannelRegistry.FirstDescriptor + index);
        }

        return pairs;
    }
}
