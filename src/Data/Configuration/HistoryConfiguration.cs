using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>What history keeps beside the runs themselves. Whatever belongs to a run or an experiment goes with it, but for the points, which an experiment's runs keep.</summary>
internal sealed class HistoryConfiguration : IEntityTypeConfiguration<CellPoint>, IEntityTypeConfiguration<ExperimentCell>, IEntityTypeConfiguration<Change>,
    IEntityTypeConfiguration<ExaminationDue>, IEntityTypeConfiguration<Baseline>, IEntityTypeConfiguration<Annotation>, IEntityTypeConfiguration<WorkspaceSettings>
{
    public void Configure(EntityTypeBuilder<CellPoint> builder)
    {
        builder.HasKey(point => new { point.RunId, point.Cell });
        builder.HasIndex(point => new { point.WorkspaceId, point.ExperimentId, point.CellKey, point.EndedAt, point.RunId });
        builder.HasOne<Run>().WithMany().HasForeignKey(point => point.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ExperimentCell> builder)
    {
        builder.HasKey(cell => new { cell.ExperimentId, cell.CellKey });
        builder.HasOne<Experiment>().WithMany().HasForeignKey(cell => cell.ExperimentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Change> builder)
    {
        builder.HasKey(change => change.Id);
        builder.Property(change => change.Id).ValueGeneratedNever();

        // One alarm per shift, also where two nodes look at the same experiment at once.
        builder.HasIndex(change => new { change.ExperimentId, change.CellKey, change.Metric, change.MachineKey, change.RunId }).IsUnique();
        builder.HasIndex(change => new { change.WorkspaceId, change.At, change.Id });
        builder.HasIndex(change => new { change.WorkspaceId, change.State, change.At, change.Id });
        builder.HasOne<Experiment>().WithMany().HasForeignKey(change => change.ExperimentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Run>().WithMany().HasForeignKey(change => change.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ExaminationDue> builder)
    {
        builder.HasKey(due => due.RunId);
        builder.HasOne<Run>().WithOne().HasForeignKey<ExaminationDue>(due => due.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Baseline> builder)
    {
        builder.HasKey(baseline => new { baseline.ExperimentId, baseline.Tag });
        builder.HasOne<Experiment>().WithMany().HasForeignKey(baseline => baseline.ExperimentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Run>().WithMany().HasForeignKey(baseline => baseline.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Annotation> builder)
    {
        builder.HasKey(annotation => annotation.Id);
        builder.Property(annotation => annotation.Id).ValueGeneratedNever();
        builder.HasIndex(annotation => new { annotation.ExperimentId, annotation.At, annotation.Id });
        builder.HasOne<Experiment>().WithMany().HasForeignKey(annotation => annotation.ExperimentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<WorkspaceSettings> builder)
    {
        builder.HasKey(settings => settings.WorkspaceId);
        builder.HasOne<Workspace>().WithOne().HasForeignKey<WorkspaceSettings>(settings => settings.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }
}
