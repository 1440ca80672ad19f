using Xunit;

namespace Brigade.Tests.Shared;

/// <summary>The server as a fixture of tests.</summary>
public sealed partial class PostgresServer : IAsyncLifetime;
