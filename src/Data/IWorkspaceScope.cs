namespace Brigade.Data;

/// <summary>The workspace whose rows a unit of work may see. The border is here, in the data layer: every query is filtered by it and every new row is stamped with it.</summary>
public interface IWorkspaceScope
{
    Guid WorkspaceId { get; }
}

/// <summary>The one workspace that exists until there are teams; seeded on start.</summary>
public sealed class DefaultWorkspaceScope : IWorkspaceScope
{
    public static readonly Guid Id = new("b51adeb5-0000-4000-8000-000000000001");

    public Guid WorkspaceId => Id;
}
