using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>Schedules go with their experiment; the runs that they began stay.</summary>
internal sealed class ScheduleConfiguration : IEntityTypeConfiguration<Schedule>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.HasKey(schedule => schedule.Id);
        builder.Property(schedule => schedule.Id).ValueGeneratedNever();
        builder.HasIndex(schedule => new { schedule.WorkspaceId, schedule.ExperimentId, schedule.CreatedAt, schedule.Id });

        // What is due is looked for across workspaces.
        builder.HasIndex(schedule => schedule.NextAt);
        builder.HasOne<Experiment>().WithMany().HasForeignKey(schedule => schedule.ExperimentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Run>().WithMany().HasForeignKey(schedule => schedule.LastRunId).OnDelete(DeleteBehavior.SetNull);
    }
}
