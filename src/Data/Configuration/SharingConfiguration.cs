using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Brigade.Data.Configuration;

/// <summary>What is shown to others, and what members say to each other. It goes with the run or experiment that it is about.</summary>
internal sealed class SharingConfiguration : IEntityTypeConfiguration<ShareLink>, IEntityTypeConfiguration<RunComment>, IEntityTypeConfiguration<Mention>, IEntityTypeConfiguration<RunStar>
{
    public void Configure(EntityTypeBuilder<ShareLink> builder)
    {
        builder.HasKey(link => link.Id);
        builder.Property(link => link.Id).ValueGeneratedNever();
        builder.HasIndex(link => link.TokenHash).IsUnique();
        builder.HasIndex(link => new { link.WorkspaceId, link.CreatedAt, link.Id });
        builder.HasOne<Workspace>().WithMany().HasForeignKey(link => link.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Run>().WithMany().HasForeignKey(link => link.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Experiment>().WithMany().HasForeignKey(link => link.ExperimentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RunComment> builder)
    {
        builder.HasKey(comment => comment.Id);
        builder.Property(comment => comment.Id).ValueGeneratedNever();
        builder.HasIndex(comment => new { comment.RunId, comment.CreatedAt, comment.Id });
        builder.HasOne<Run>().WithMany().HasForeignKey(comment => comment.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Mention> builder)
    {
        builder.HasKey(mention => new { mention.CommentId, mention.UserId });
        builder.HasIndex(mention => new { mention.WorkspaceId, mention.UserId, mention.ReadAt });
        builder.HasOne<RunComment>().WithMany().HasForeignKey(mention => mention.CommentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(mention => mention.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RunStar> builder)
    {
        builder.HasKey(star => new { star.RunId, star.ActorId });
        builder.HasIndex(star => new { star.WorkspaceId, star.ActorId, star.RunId });
        builder.HasOne<Run>().WithMany().HasForeignKey(star => star.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
