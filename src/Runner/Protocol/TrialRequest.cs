using System.Text.Json;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Protocol;

/// <summary>What a trial host is asked to do: the one line of JSON on its standard input.</summary>
public sealed record TrialRequest
{
    /// <summary>The version of the protocol that this code speaks.</summary>
    public const int CurrentProtocol = 1;

    public int Protocol { get; init; } = CurrentProtocol;

    public required TrialWorkload Workload { get; init; }

    public required Strategy Strategy { get; init; }

    public required int Workers { get; init; }

    public Channel? Channel { get; init; }

    public StartMethod? StartMethod { get; init; }

    public int? ChunkSize { get; init; }

    public int PayloadBytes { get; init; }

    public required TrialLoad Load { get; init; }

    public required TrialLoad Warmup { get; init; }

    /// <summary>What goes wrong on purpose; absent means nothing.</summary>
    public IReadOnlyList<TrialFault>? Faults { get; init; }

    /// <summary>An empty directory, which the runner deletes after the trial.</summary>
    public required string Scratch { get; init; }

    /// <summary>Whom exchanges may connect to; absent means anybody.</summary>
    public TrialNetwork? Network { get; init; }

    /// <summary>Whether what the task returns is wanted as text: see <see cref="DonePayload"/>.</summary>
    public bool? Try { get; init; }

    /// <summary>The request as one line of UTF-8 JSON with its line feed.</summary>
    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, ProtocolJson.Default.TrialRequest), (byte)'\n'];

    /// <summary>Reads a line of JSON.</summary>
    /// <exception cref="ProtocolException">It is no valid request.</exception>
    public static TrialRequest Parse(ReadOnlySpan<byte> line)
    {
        TrialRequest request;
        try
        {
            request = TrialRequestParser.Parse(line);
        }
        catch (FormatException exception)
        {
            throw new ProtocolException($"The trial request does not parse: {exception.Message}", exception);
        }

        return request switch
        {
            { Protocol: not CurrentProtocol } => throw new ProtocolException($"The trial request speaks protocol {request.Protocol}; this host speaks {CurrentProtocol}."),
            { Workers: < 1 or > ushort.MaxValue } => throw new ProtocolException($"The trial request asks for {request.Workers} workers; 1 to {ushort.MaxValue} are possible."),
            { Workload.Kinds: not 1 } => throw new ProtocolException("The workload of the trial request needs exactly one of `kernel`, `code`, `http`, `sql` and `command`."),
            { Load.IsValid: false } => throw new ProtocolException("The load of the trial request needs exactly one of `tasks` and `durationMs`, 0 or more, and `stages` with rates and durations above 0 and a `maxInFlight`."),
            { Load.MaxInFlight: { } most } when most < request.Workers => throw new ProtocolException($"The trial request has a `maxInFlight` of {most} and {request.Workers} workers, some of which could never get a task."),
            { Warmup.Stages: not null } => throw new ProtocolException("The warmup of the trial request has `stages`; a warm-up is a closed load."),
            { Warmup.IsValid: false } => throw new ProtocolException("The warmup of the trial request needs either `tasks` or `durationMs`, 0 or more."),
            _ when request.Faults?.FirstOrDefault(fault => fault.Worker < 0 || fault.Worker >= request.Workers || fault.AtTask < 1) is { } fault =>
                throw new ProtocolException($"The trial request has a fault at task {fault.AtTask} of worker {fault.Worker}; tasks count from 1, and the workers are 0 to {request.Workers - 1}."),
            { ChunkSize: < 1 } or { PayloadBytes: < 0 } => throw new ProtocolException("The trial request needs a `chunkSize` of at least 1 and no negative `payloadBytes`."),
            _ => request,
        };
    }
}

/// <summary>Exactly one of the five; <see cref="Kernel"/> with <see cref="Params"/>.</summary>
public sealed record TrialWorkload
{
    public string? Kernel { get; init; }

    public IReadOnlyDictionary<string, ParameterValue>? Params { get; init; }

    public TrialCode? Code { get; init; }

    public TrialHttp? Http { get; init; }

    public TrialSql? Sql { get; init; }

    public TrialCommand? Command { get; init; }

    internal int Kinds => (Kernel is null ? 0 : 1) + (Code is null ? 0 : 1) + (Http is null ? 0 : 1) + (Sql is null ? 0 : 1) + (Command is null ? 0 : 1);
}

/// <summary>A fault just before a worker starts its so many-th measured task, counted from 1 by that worker.</summary>
public sealed record TrialFault(FaultKind Kind, int Worker, long AtTask);

/// <summary>Exactly one of a number of tasks, a duration in milliseconds and the stages of an open load.</summary>
public sealed record TrialLoad
{
    public long? Tasks { get; init; }

    public double? DurationMs { get; init; }

    public IReadOnlyList<TrialStage>? Stages { get; init; }

    /// <summary>For <see cref="Stages"/>: the most tasks that wait for a worker or are in one.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>When tasks arrive; null for a closed load.</summary>
    public ArrivalSchedule? Schedule() => Stages is { } stages ? new ArrivalSchedule(stages) : null;

    internal bool IsValid => (Tasks, DurationMs, Stages) switch
    {
        ( >= 0, null, null) or (null, >= 0 and < 1e12, null) => MaxInFlight is null,
        (null, null, { Count: > 0 } stages) => MaxInFlight >= 1 && stages.All(stage => stage.RatePerSecond is > 0 and <= 1e9 && stage.DurationMs is > 0 and < 1e12),
        _ => false,
    };
}

/// <summary>Tasks that arrive evenly spaced for a while.</summary>
public sealed record TrialStage(double RatePerSecond, double DurationMs);
