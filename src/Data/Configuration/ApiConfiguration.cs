using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>What programs need beside people: keys.</summary>
internal sealed class ApiConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.HasIndex(key => key.Hash).IsUnique();
        builder.HasIndex(key => new { key.WorkspaceId, key.CreatedAt, key.Id });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(key => key.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }
}
