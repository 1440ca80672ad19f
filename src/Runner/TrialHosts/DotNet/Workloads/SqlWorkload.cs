using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Brigade.Contracts.Network;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>
/// One statement over the worker's own connection, prepared once; all rows are read. The result is the number of rows that came back, or of those that a statement without rows changed.
/// Values are bound, never written into the text.
/// </summary>
internal sealed class SqlWorkload : IKernel
{
    private readonly DbConnection _connection;
    private readonly DbCommand _command;
    private readonly List<DbParameter> _indexes = [];
    private bool _isPrepared;

    /// <exception cref="TrialFailedException">The database cannot be opened.</exception>
    /// <param name="network">Whom it may connect to; null for anybody.</param>
    public SqlWorkload(TrialSql sql, AddressRules? network = null)
    {
        try
        {
            _connection = sql.Provider switch
            {
                "postgresql" when network is not null => OpenedWithin(network, sql.Connection),
                "postgresql" => Opened(Postgres(sql.Connection)),
                "sqlite" => Opened(Sqlite(sql.Connection)),
                _ => throw new TrialFailedException($"The .NET trial host has no database `{sql.Provider}`; it has postgresql and sqlite."),
            };
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or ArgumentException or AddressRefusedException or SocketException)
        {
            throw new TrialFailedException($"the database cannot be opened: {OneLine(exception.Message)}");
        }

        _command = _connection.CreateCommand();
        Bind(sql);
    }

    public ulong Run(long index)
    {
        Prepare(index);
        using var reader = _command.ExecuteReader();
        long rows = 0;
        do
        {
            while (reader.Read())
            {
                rows++;
            }
        }
        while (reader.NextResult());
        return Result(reader, rows);
    }

    public async ValueTask<ulong> RunAsync(long index)
    {
        Prepare(index);
        await using var reader = await _command.ExecuteReaderAsync();
        long rows = 0;
        do
        {
            while (await reader.ReadAsync())
            {
                rows++;
            }
        }
        while (await reader.NextResultAsync());
        return Result(reader, rows);
    }

    private static ulong Result(DbDataReader reader, long rows) => (ulong)(rows > 0 ? rows : Math.Max(0, reader.RecordsAffected));

    private void Prepare(long index)
    {
        foreach (var parameter in _indexes)
        {
            parameter.Value = index;
        }

        if (_connection.State != ConnectionState.Open)
        {
            // The server ended it; the task that noticed was an error.
            _connection.Close();
            _connection.Open();
            _isPrepared = false;
        }

        if (!_isPrepared)
        {
            _command.Prepare();
            _isPrepared = true;
        }
    }

    private void Bind(TrialSql sql)
    {
        var isNumbered = _command is NpgsqlCommand;
        var text = new StringBuilder();
        for (var position = 0; position < sql.Pieces.Count; position++)
        {
            text.Append(sql.Pieces[position]);
            if (position == sql.Names.Count)
            {
                break;
            }

            // PostgreSQL's own placeholders are numbered; parameters without a name go with them.
            var marker = string.Create(CultureInfo.InvariantCulture, $"$p{position}");
            text.Append(isNumbered ? string.Create(CultureInfo.InvariantCulture, $"${position + 1}") : marker);
            var parameter = _command.CreateParameter();
            parameter.ParameterName = isNumbered ? "" : marker;
            parameter.Value = Value(sql, sql.Names[position]);
            _command.Parameters.Add(parameter);
            if (sql.Names[position] == "index")
            {
                _indexes.Add(parameter);
            }
        }

        _command.CommandText = text.ToString();
    }

    private static object Value(TrialSql sql, string name) => name == "index" ? 0L
        : !sql.Params.TryGetValue(name, out var value) ? throw new TrialFailedException($"sql: the parameter `{name}` is missing.")
        : value.TryGetLong(out var whole) ? whole
        : value.IsNumber ? value.AsDouble()
        : value.Text;

    private static DbConnection Opened(DbConnection connection)
    {
        connection.Open();
        return connection;
    }

    /// <summary>Connects to an address that was judged, not to the name, which may mean another one by the time of the connection. The certificate is still that of the name.</summary>
    private static NpgsqlConnection OpenedWithin(AddressRules network, IReadOnlyDictionary<string, string> fields)
    {
        const int UsualPort = 5432;
        var host = fields["host"];
        var port = fields.TryGetValue("port", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : UsualPort;
        if (host.StartsWith('/'))
        {
            return network.Refusal("localhost", port, IPAddress.Loopback) is null
                ? (NpgsqlConnection)Opened(Postgres(fields))
                : throw new AddressRefusedException(AddressRules.Explain("a Unix socket", address: null, "it is on the runner's own machine"));
        }

        var addresses = GuardedConnector.Permitted(network, host, port, Dns.GetHostAddresses(host));
        foreach (var address in addresses)
        {
            var connection = Postgres(fields, address.ToString());
            connection.SslClientAuthenticationOptionsCallback = options => options.TargetHost = host;
            try
            {
                connection.Open();
                return connection;
            }
            catch (NpgsqlException exception) when (exception.InnerException is SocketException && !address.Equals(addresses[^1]))
            {
                connection.Dispose(); // nobody answers there; the name has other addresses
            }
        }

        throw new SocketException((int)SocketError.HostUnreachable);
    }

    private static NpgsqlConnection Postgres(IReadOnlyDictionary<string, string> fields, string? address = null)
    {
        var settings = new NpgsqlConnectionStringBuilder { Pooling = false, Host = address ?? fields["host"], ApplicationName = "brigade" };
        Set(fields, "port", value => settings.Port = int.Parse(value, CultureInfo.InvariantCulture));
        Set(fields, "database", value => settings.Database = value);
        Set(fields, "user", value => settings.Username = value);
        Set(fields, "password", value => settings.Password = value);
        Set(fields, "sslmode", value => settings.SslMode = Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true));
        return new NpgsqlConnection(settings.ConnectionString);
    }

    private static SqliteConnection Sqlite(IReadOnlyDictionary<string, string> fields)
    {
        var path = fields["path"];
        return path == ":memory:" || File.Exists(path)
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = path == ":memory:" ? SqliteOpenMode.Memory : SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString)
            : throw new TrialFailedException("the database cannot be opened: there is no such file; a workload does not make one");
    }

    private static void Set(IReadOnlyDictionary<string, string> fields, string name, Action<string> set)
    {
        if (fields.TryGetValue(name, out var value))
        {
            set(value);
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
