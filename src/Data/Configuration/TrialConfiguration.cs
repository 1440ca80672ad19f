using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

internal sealed class TrialConfiguration : IEntityTypeConfiguration<Trial>, IEntityTypeConfiguration<SeriesSegment>, IEntityTypeConfiguration<LatencyHistogram>
{
    public void Configure(EntityTypeBuilder<Trial> builder)
    {
        builder.HasKey(trial => new { trial.RunId, trial.Index });
        builder.HasIndex(trial => new { trial.WorkspaceId, trial.ExperimentId, trial.CellKey, trial.StoredAt });
        builder.HasOne<Run>().WithMany().HasForeignKey(trial => trial.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SeriesSegment> builder)
    {
        builder.HasKey(segment => new { segment.RunId, segment.Trial, segment.FirstFrame });
        builder.HasOne<Run>().WithMany().HasForeignKey(segment => segment.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<LatencyHistogram> builder)
    {
        builder.HasKey(histogram => new { histogram.RunId, histogram.Trial });
        builder.HasOne<Run>().WithMany().HasForeignKey(histogram => histogram.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
