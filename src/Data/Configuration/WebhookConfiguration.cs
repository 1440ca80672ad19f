using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>What has happened, who wants to know, and what they were told.</summary>
internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Happening>, IEntityTypeConfiguration<Webhook>, IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<Happening> builder)
    {
        builder.HasKey(happening => happening.Id);
        builder.Property(happening => happening.Id).ValueGeneratedNever();
        builder.HasIndex(happening => new { happening.WorkspaceId, happening.At, happening.Id });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(happening => happening.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.HasKey(webhook => webhook.Id);
        builder.Property(webhook => webhook.Id).ValueGeneratedNever();
        builder.HasIndex(webhook => new { webhook.WorkspaceId, webhook.CreatedAt, webhook.Id });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(webhook => webhook.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.HasKey(delivery => delivery.Id);
        builder.Property(delivery => delivery.Id).ValueGeneratedNever();
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.HappeningId }).IsUnique();
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.At, delivery.Id });
        builder.HasIndex(delivery => new { delivery.Status, delivery.DueAt });
        builder.HasOne<Webhook>().WithMany().HasForeignKey(delivery => delivery.WebhookId).OnDelete(DeleteBehavior.Cascade);
    }
}
