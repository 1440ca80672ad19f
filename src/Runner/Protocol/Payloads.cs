using System.Text.Json;
using System.Text.Json.Serialization;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Protocol;

/// <param name="Gil">Whether a Python interpreter has its global lock; null where there is no such thing.</param>
public sealed record HelloPayload(int Protocol, string Runtime, string Version, bool? Gil = null);

/// <param name="At">When all workers were up, in nanoseconds of the monotonic clock.</param>
public sealed record ReadyPayload(long At, IReadOnlyList<WorkerIdentity> Workers);

/// <summary>Where a worker runs.</summary>
/// <param name="Tid">The native thread; 0 where the worker has no thread of its own.</param>
public sealed record WorkerIdentity(int Worker, int Pid, int Tid);

/// <param name="At">When the first measured task was let go, in nanoseconds of the monotonic clock.</param>
public sealed record MeasuringPayload(long At);

/// <summary>One of the first errors of a trial.</summary>
public sealed record ErrorPayload(long Index, int Worker, string Message, string Traceback = "")
{
    /// <summary>The most that a trial sends.</summary>
    public const int MaximumCount = 5;

    /// <summary>The longest payload, in bytes of JSON.</summary>
    public const int MaximumBytes = 8 * 1024;
}

/// <summary>A worker was lost and has a replacement.</summary>
/// <param name="At">When the replacement could work, in nanoseconds of the monotonic clock.</param>
/// <param name="EndedAt">When the worker was found lost, in nanoseconds of the monotonic clock.</param>
/// <param name="Pid">The replacement's process, as <paramref name="Tid"/> is its thread.</param>
/// <param name="Lost">Measured tasks that the lost worker had taken and that never came back.</param>
/// <param name="Reason">How it ended, to be put behind its name: <c>was ended by signal 9 (SIGKILL)</c>.</param>
public sealed record WorkerPayload(long At, long EndedAt, int Worker, int Pid, int Tid, long Lost, string Reason = "")
{
    /// <summary>The most that a trial sends: with more it fails.</summary>
    public const int MaximumCount = 100;
}

/// <summary>The totals of the measured part.</summary>
/// <param name="At">When the last task ended, in nanoseconds of the monotonic clock.</param>
/// <param name="Checksum">16 hexadecimal digits.</param>
/// <param name="Lost">Tasks that were handed out and never came back; what the `worker` records told, together.</param>
/// <param name="SerializationNs">Absent where it was not measured, as is <paramref name="ChannelNs"/>.</param>
/// <param name="Warnings">Absent means none.</param>
/// <param name="Dropped">Arrivals of an open load that were not started because too many tasks were under way.</param>
/// <param name="Figures">A workload's own numbers by name; absent means none.</param>
/// <param name="Result">What the last task returned, as text of at most 4,096 characters; only where the request says `try`.</param>
public sealed record DonePayload(
    long At,
    long Tasks,
    long Errors,
    long Lost,
    string Checksum,
    long? SerializationNs = null,
    long? ChannelNs = null,
    IReadOnlyList<string>? Warnings = null,
    long Dropped = 0,
    IReadOnlyDictionary<string, double>? Figures = null,
    string? Result = null)
{
    /// <summary>The most figures that a trial gives.</summary>
    public const int MaximumFigures = 32;
}

public sealed record FailedPayload(string Message, string Detail = "");

/// <summary>The JSON of the protocol, generated at compile time: a trial host has no time for reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(StrategyName), typeof(ChannelName), typeof(StartMethodName), typeof(FaultKindName)])]
[JsonSerializable(typeof(TrialRequest))]
[JsonSerializable(typeof(HelloPayload))]
[JsonSerializable(typeof(ReadyPayload))]
[JsonSerializable(typeof(MeasuringPayload))]
[JsonSerializable(typeof(ErrorPayload))]
[JsonSerializable(typeof(DonePayload))]
[JsonSerializable(typeof(FailedPayload))]
[JsonSerializable(typeof(WorkerPayload))]
public sealed partial class ProtocolJson : JsonSerializerContext;

internal sealed class StrategyName() : JsonStringEnumConverter<Strategy>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);

internal sealed class ChannelName() : JsonStringEnumConverter<Channel>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);

internal sealed class FaultKindName() : JsonStringEnumConverter<FaultKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);

internal sealed class StartMethodName() : JsonStringEnumConverter<StartMethod>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
