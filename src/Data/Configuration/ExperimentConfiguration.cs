using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

internal sealed class ExperimentConfiguration : IEntityTypeConfiguration<Experiment>, IEntityTypeConfiguration<ExperimentVersion>
{
    public void Configure(EntityTypeBuilder<Experiment> builder)
    {
        builder.HasKey(experiment => experiment.Id);
        builder.Property(experiment => experiment.Id).ValueGeneratedNever();
        builder.HasIndex(experiment => new { experiment.WorkspaceId, experiment.NameKey }).IsUnique();
        builder.HasOne<Workspace>().WithMany().HasForeignKey(experiment => experiment.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ExperimentVersion> builder)
    {
        builder.HasKey(version => new { version.ExperimentId, version.Version });
        builder.HasOne<Experiment>().WithMany().HasForeignKey(version => version.ExperimentId).OnDelete(DeleteBehavior.Cascade);
    }
}
