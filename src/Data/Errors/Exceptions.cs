using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Data.Errors;

/// <summary>The database cannot be used. The message is one line for the user: what, where, how to mend; it holds no secret.</summary>
public sealed class DatabaseUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Nothing was committed because there is no room left; the same changes can be committed again once there is.</summary>
public sealed class StorageFullException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another experiment of the workspace has this name.</summary>
public sealed class DuplicateNameException(string name, Exception? inner = null)
    : Exception($"There is an experiment named \"{name}\" already (upper and lower case count as the same). Choose another name.", inner)
{
    /// <summary>The name as it was asked for.</summary>
    public string Name { get; } = name;
}

/// <summary>Results were to be imported into an experiment that is something else.</summary>
/// <param name="source">The tool that the experiment was imported from; null where Brigade measures it itself.</param>
public sealed class ImportNameException(string name, string? source)
    : Exception($"There is an experiment named \"{name}\" already, which {(source is null ? "Brigade measures itself" : $"was imported from {source}")}. Give the import another name, so that unlike figures do not become one trend.");

/// <summary>The same file was imported into the same experiment before.</summary>
public sealed class AlreadyImportedException(RunRow earlier)
    : Exception($"This file was imported before, as a run of \"{earlier.Name}\". Once more it would count twice in the trend.")
{
    /// <summary>The run that it became.</summary>
    public RunRow Earlier { get; } = earlier;
}

/// <summary>A run was to be made of an experiment that the workspace does not have.</summary>
public sealed class UnknownExperimentException(Guid id)
    : Exception($"There is no experiment {id} in this workspace; it may have been deleted. Run the spec itself, or choose an experiment from the list.");

/// <summary>A run cannot be the baseline that it was to become. The message says why, and what to pin instead.</summary>
public sealed class BaselineRefusedException(string message) : Exception(message);

/// <summary>A row of another workspace was about to be written: a fault of the program, never of the user.</summary>
public sealed class WorkspaceBorderException(string message) : InvalidOperationException(message);

/// <summary>Whoever asked may not do that. The message is a sentence for them.</summary>
/// <param name="needed">The least role that may.</param>
/// <param name="role">The role that they have; null outside any workspace.</param>
public sealed class NotAllowedException(WorkspaceRole needed, WorkspaceRole? role) : Exception(role is { } have
    ? $"This needs the role {Name(needed)} in this workspace, and yours is {Name(have)}. Ask an admin of the workspace."
    : "This needs a workspace that you are a member of. Sign in, or ask an admin to invite you.")
{
    private static string Name(WorkspaceRole role) => role.ToString().ToLowerInvariant();
}

/// <summary>What was asked for cannot be done as things are. The message is a sentence for whoever asked: why, and what to do first.</summary>
public sealed class RefusedException(string message) : Exception(message);

/// <summary>A quota of the workspace does not let it have more now. The message says what, how much, and how to mend it.</summary>
/// <param name="quota">Which, by its name in the settings.</param>
/// <param name="retryAfter">When it may be otherwise by itself; null where somebody has to do something.</param>
public sealed class QuotaExceededException(string quota, double limit, double used, TimeSpan? retryAfter, string message) : Exception(message)
{
    public string Quota { get; } = quota;

    public double Limit { get; } = limit;

    public double Used { get; } = used;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
/// <summary>A comment cannot be written so, or not by them. The message is a sentence for whoever wrote it.</summary>
public sealed class CommentRefusedException(string message) : Exception(message);
