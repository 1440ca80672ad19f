using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>What workspaces have used.</summary>
internal sealed class QuotaConfiguration : IEntityTypeConfiguration<RunUse>
{
    public void Configure(EntityTypeBuilder<RunUse> builder)
    {
        builder.HasKey(use => new { use.WorkspaceId, use.Month });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(use => use.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }
}
