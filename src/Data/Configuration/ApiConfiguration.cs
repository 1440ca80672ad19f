using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>What programs need beside people: keys, and requests that they repeat.</summary>
internal sealed class ApiConfiguration : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.HasIndex(key => key.Hash).IsUnique();
        builder.HasIndex(key => new { key.WorkspaceId, key.CreatedAt, key.Id });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(key => key.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.HasKey(row => new { row.WorkspaceId, row.ActorId, row.Key });
        builder.HasIndex(row => new { row.WorkspaceId, row.CreatedAt });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(row => row.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }
}
