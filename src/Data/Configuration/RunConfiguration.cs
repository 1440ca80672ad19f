using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>One index for each way that history is listed; every one starts with the workspace, as every query does.</summary>
internal sealed class RunConfiguration : IEntityTypeConfiguration<Run>, IEntityTypeConfiguration<RunDocument>, IEntityTypeConfiguration<Workspace>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.HasKey(run => run.Id);
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.HasIndex(run => new { run.WorkspaceId, run.QueuedAt, run.Id });
        builder.HasIndex(run => new { run.WorkspaceId, run.Status, run.QueuedAt, run.Id });
        builder.HasIndex(run => new { run.WorkspaceId, run.ExperimentId, run.QueuedAt, run.Id });
        builder.HasIndex(run => new { run.WorkspaceId, run.NameKey, run.Id });
        builder.HasIndex(run => new { run.WorkspaceId, run.DurationMs, run.Id });
        builder.HasIndex(run => new { run.WorkspaceId, run.ExperimentId, run.MachineKey, run.QueuedAt, run.Id });
        builder.HasIndex(run => new { run.WorkspaceId, run.IsImported, run.QueuedAt, run.Id });
        builder.HasIndex(run => new { run.WorkspaceId, run.EndedAt, run.Id });

        // A file counts once for an experiment, also where it is sent twice at the same moment.
        builder.HasIndex(run => new { run.WorkspaceId, run.ExperimentId, run.ImportHash }).IsUnique().HasFilter("\"ImportHash\" <> ''");
        builder.HasOne<Workspace>().WithMany().HasForeignKey(run => run.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RunDocument> builder)
    {
        builder.HasKey(document => document.RunId);
        builder.HasOne<Run>().WithOne().HasForeignKey<RunDocument>(document => document.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Workspace> builder)
    {
        builder.HasKey(workspace => workspace.Id);
        builder.Property(workspace => workspace.Id).ValueGeneratedNever();
    }
}
