using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>The secrets of a workspace.</summary>
internal sealed class SecretConfiguration : IEntityTypeConfiguration<StoredSecret>
{
    public void Configure(EntityTypeBuilder<StoredSecret> builder)
    {
        builder.HasKey(secret => new { secret.WorkspaceId, secret.Name });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(secret => secret.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }
}
