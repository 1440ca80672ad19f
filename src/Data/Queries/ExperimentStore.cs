using Brigade.Contracts.Spec;

namespace Brigade.Data.Queries;

/// <summary>Experiments of the current workspace. One context per operation.</summary>
public sealed class ExperimentStore
{
    /// <summary>By name.</summary>
    public Task<IReadOnlyList<ExperimentRow>> ListAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<ExperimentRow?> FindAsync(Guid id, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<ExperimentRow> CreateAsync(ExperimentSpec spec, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Stores a new version. Null where the experiment does not exist or is no longer at <paramref name="expectedVersion"/>.</summary>
    public Task<ExperimentRow?> UpdateAsync(Guid id, ExperimentSpec spec, int expectedVersion, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Deletes the experiment; its runs stay in history.</summary>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellation = default) => throw new NotSupportedException();
}
