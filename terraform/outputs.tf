output "aws_access_key_id" {
  description = "AWS_ACCESS_KEY_ID; null with a role."
  value       = one(aws_iam_access_key.steno[*].id)
}

output "aws_secret_access_key" {
  description = "AWS_SECRET_ACCESS_KEY; null with a role. Read it with: terraform output -raw aws_secret_access_key"
  value       = one(aws_iam_access_key.steno[*].secret)
  sensitive   = true
}

output "s3_bucket_name" {
  description = "S3_BUCKET."
  value       = aws_s3_bucket.transcripts.bucket
}

output "role_arn" {
  description = "The role to run Steno with; null with a user."
  value       = one(aws_iam_role.steno[*].arn)
}
