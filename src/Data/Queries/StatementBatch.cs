using System.Data.Common;
using System.Globalization;
using System.Text;
using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Brigade.Data.Queries;

/// <summary>A part of a statement that is text and no value. Never of what comes from outside.</summary>
internal readonly record struct Literal(string Text);

/// <summary>
/// Statements that go to the database together: one way there and back instead of one for each, within the transaction of <paramref name="db"/>.
/// Beside the query filters of the model: each statement names the workspace, or a run that is known to be of it.
/// </summary>
internal sealed class StatementBatch(BrigadeDbContext db)
{
    // SQLite takes 32,766 and PostgreSQL 65,535; a row has at most about a hundred.
    private const int MostParameters = 2_000;

    private readonly List<(DbCommand Command, StringBuilder Text)> _commands = [];
    private bool _isOpen;

    /// <summary>Adds a statement; its holes become parameters, but for <see cref="Literal"/>.</summary>
    public void Add(FormattableString statement)
    {
        Append(statement);
        End();
    }

    /// <summary>Adds a part of a statement, which ends with <see cref="End"/>.</summary>
    public void Append(FormattableString part)
    {
        var (command, text) = Current();
        _isOpen = true;
        text.AppendFormat(CultureInfo.InvariantCulture, part.Format, [.. part.GetArguments().Select(value => value is Literal literal ? literal.Text : Parameter(command, value))]);
    }

    public void End()
    {
        Current().Text.Append(";\n");
        _isOpen = false;
    }

    /// <summary>Adds the insertion of a row, which takes the place of a stored one with the same key.</summary>
    /// <param name="where">Only where this holds for the stored row and the new one, <c>excluded</c>; null for always.</param>
    /// <param name="columns">Those that a stored row gets anew; empty for all but its key.</param>
    public void Upsert<T>(T row, string? where = null, params string[] columns)
        where T : class, IWorkspaceOwned
    {
        row.WorkspaceId = db.WorkspaceId;
        var entity = db.Model.FindEntityType(typeof(T))!;
        var properties = entity.GetProperties().ToList();
        var key = entity.FindPrimaryKey()!.Properties;
        var (command, text) = Current();
        var changed = columns.Length > 0 ? columns : [.. properties.Except(key).Select(property => property.GetColumnName())];
        text.Append(CultureInfo.InvariantCulture, $"INSERT INTO \"{entity.GetTableName()}\" ({Names(properties.Select(property => property.GetColumnName()))}) VALUES ({string.Join(", ", properties.Select(property => Parameter(command, property, row)))})")
            .Append(CultureInfo.InvariantCulture, $" ON CONFLICT ({Names(key.Select(property => property.GetColumnName()))}) DO UPDATE SET {string.Join(", ", changed.Select(column => $"\"{column}\" = excluded.\"{column}\""))}");
        if (where is not null)
            text.Append(" WHERE ").Append(where);
        End();
    }

    /// <summary>Executes all that was added.</summary>
    public async Task ExecuteAsync(CancellationToken cancellation)
    {
        foreach (var command in await TakeAsync())
        {
            await using (command)
                await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Executes the only statement and reads the row that it answers; null where it answers none.</summary>
    public async Task<T?> ReadOneAsync<T>(Func<DbDataReader, T> read, CancellationToken cancellation)
        where T : class
    {
        await using var command = (await TakeAsync()).Single();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? read(reader) : null;
    }

    private async Task<IReadOnlyList<DbCommand>> TakeAsync()
    {
        await db.Database.OpenConnectionAsync();
        foreach (var (command, text) in _commands)
        {
            command.CommandText = text.ToString();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        }

        IReadOnlyList<DbCommand> commands = _commands.ConvertAll(pair => pair.Command);
        _commands.Clear();
        return commands;
    }

    private (DbCommand Command, StringBuilder Text) Current()
    {
        if (_commands.Count == 0 || (!_isOpen && _commands[^1].Command.Parameters.Count >= MostParameters))
            _commands.Add((db.Database.GetDbConnection().CreateCommand(), new StringBuilder()));
        return _commands[^1];
    }

    private static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));

    private static string Parameter(DbCommand command, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = Next(command);
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }

    private static string Parameter(DbCommand command, IProperty property, object row)
    {
        var name = Next(command);
        command.Parameters.Add(property.GetRelationalTypeMapping().CreateParameter(command, name, property.PropertyInfo!.GetValue(row), property.IsNullable));
        return name;
    }

    private static string Next(DbCommand command) => string.Create(CultureInfo.InvariantCulture, $"@p{command.Parameters.Count}");
}
