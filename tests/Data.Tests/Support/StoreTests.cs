using Brigade.Data.Queries;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Brigade.Data.Tests.Support;

/// <summary>Tests of a store, in a workspace of their own.</summary>
public abstract class StoreTests(TestDatabase database) : IAsyncLifetime
{
    private TestWorkspace? _workspace;

    protected TestWorkspace Workspace => _workspace!;

    protected RunStore Runs => Workspace.Runs;

    protected ExperimentStore Experiments => Workspace.Experiments;

    protected TrendStore Trends => Workspace.Trends;

    protected ChangeStore Changes => Workspace.Changes;

    protected RetentionStore Retention => Workspace.Retention;

    protected FakeTimeProvider Clock => Workspace.Clock;

    protected Task<TestWorkspace> OtherWorkspaceAsync() => database.NewWorkspaceAsync();

    public async ValueTask InitializeAsync() => _workspace = await database.NewWorkspaceAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Workspace.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
