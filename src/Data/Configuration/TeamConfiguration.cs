using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>Who belongs to a workspace, who is invited, and what was done there.</summary>
internal sealed class TeamConfiguration : IEntityTypeConfiguration<Membership>, IEntityTypeConfiguration<Invitation>, IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.HasKey(membership => new { membership.WorkspaceId, membership.UserId });
        builder.HasIndex(membership => membership.UserId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(membership => membership.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(membership => membership.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.HasKey(invitation => invitation.Id);
        builder.Property(invitation => invitation.Id).ValueGeneratedNever();
        builder.HasIndex(invitation => invitation.TokenHash).IsUnique();
        builder.HasIndex(invitation => new { invitation.WorkspaceId, invitation.CreatedAt, invitation.Id });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(invitation => invitation.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.HasIndex(entry => new { entry.WorkspaceId, entry.At, entry.Id });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(entry => entry.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }
}
