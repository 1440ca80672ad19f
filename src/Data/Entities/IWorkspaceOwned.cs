namespace Brigade.Data.Entities;

/// <summary>A row that belongs to exactly one workspace. <see cref="BrigadeDbContext"/> filters and stamps every entity that has this.</summary>
public interface IWorkspaceOwned
{
    Guid WorkspaceId { get; set; }
}
