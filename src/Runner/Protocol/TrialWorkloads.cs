using Brigade.Contracts.Spec;

namespace Brigade.Runner.Protocol;

/// <summary>The user's own code.</summary>
/// <param name="Language"><c>python</c>, <c>csharp</c> and so on.</param>
/// <param name="File">A name for messages.</param>
/// <param name="Params">The experiment's parameters for the code's arguments; absent means none.</param>
/// <param name="Assembly">C# as the runner compiled it, as base64; a host that gets none compiles it itself.</param>
public sealed record TrialCode(string Language, string File, string Source, IReadOnlyDictionary<string, ParameterValue>? Params = null, string? Assembly = null);

/// <summary>One HTTP exchange. In url, header values and body <c>{index}</c> stands for the task's number; parameters are in their places already.</summary>
/// <param name="ExpectStatus">Another one is an error of the task; null where any is a result.</param>
/// <param name="TimeoutMs">From the start of the request to the last byte of the answer.</param>
/// <param name="Version"><c>1.1</c> or <c>2</c>.</param>
public sealed record TrialHttp(
    string Url, string Method, IReadOnlyDictionary<string, string> Headers, string? Body, int? ExpectStatus, double TimeoutMs, bool KeepAlive, string Version, bool VerifyCertificate);

/// <summary>One statement over a connection of each worker.</summary>
/// <param name="Provider"><c>postgresql</c> or <c>sqlite</c>.</param>
/// <param name="Connection">Of PostgreSQL: host (or the directory of a socket), port, database, user, password, sslmode. Of SQLite: path.</param>
/// <param name="Pieces">The statement, cut where values are bound: one piece more than <paramref name="Names"/>.</param>
/// <param name="Names">The values between the pieces, in order: <c>index</c>, or a name of <paramref name="Params"/>.</param>
public sealed record TrialSql(
    string Provider, IReadOnlyDictionary<string, string> Connection, IReadOnlyList<string> Pieces, IReadOnlyList<string> Names, IReadOnlyDictionary<string, ParameterValue> Params);

/// <summary>One program. In argv and stdin <c>{index}</c> stands for the task's number; parameters are in their places already.</summary>
/// <param name="Directory">Where it runs.</param>
/// <param name="Environment">Variables that it gets beside those that the host has; absent means none.</param>
public sealed record TrialCommand(IReadOnlyList<string> Argv, string? Stdin, string Directory, IReadOnlyDictionary<string, string>? Environment = null);
