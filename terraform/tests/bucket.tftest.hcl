# What the bucket is. Runs without an account:  terraform init -backend=false && terraform test

mock_provider "aws" {
  source = "./tests/mocks"
}

run "bucket_by_default" {
  assert {
    condition     = aws_s3_bucket.transcripts.bucket_prefix == "speech-transcription-"
    error_message = "The bucket is not named after bucket_prefix."
  }

  assert {
    condition     = aws_s3_bucket.transcripts.force_destroy != true
    error_message = "terraform destroy must not delete transcripts."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.transcripts.block_public_acls,
      aws_s3_bucket_public_access_block.transcripts.block_public_policy,
      aws_s3_bucket_public_access_block.transcripts.ignore_public_acls,
      aws_s3_bucket_public_access_block.transcripts.restrict_public_buckets,
    ])
    error_message = "Public access is not blocked in all four ways."
  }

  assert {
    condition     = one(aws_s3_bucket_ownership_controls.transcripts.rule).object_ownership == "BucketOwnerEnforced"
    error_message = "ACLs are not disabled."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.transcripts.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "The bucket is not encrypted."
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.transcripts.versioning_configuration).status == "Enabled"
    error_message = "The bucket is not versioned."
  }

  assert {
    condition = alltrue([
      for target in [
        aws_s3_bucket_public_access_block.transcripts.bucket,
        aws_s3_bucket_ownership_controls.transcripts.bucket,
        aws_s3_bucket_server_side_encryption_configuration.transcripts.bucket,
        aws_s3_bucket_versioning.transcripts.bucket,
        aws_s3_bucket_lifecycle_configuration.transcripts.bucket,
        aws_s3_bucket_policy.transcripts.bucket,
      ] : target == "speech-transcription-1"
    ])
    error_message = "Something is said about another bucket."
  }

  assert {
    condition = jsonencode(jsondecode(aws_s3_bucket_policy.transcripts.policy)) == jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid       = "RefuseWithoutTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::speech-transcription-1", "arn:aws:s3:::speech-transcription-1/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }]
    })
    error_message = "The bucket's policy is not: deny everything without TLS. It is ${aws_s3_bucket_policy.transcripts.policy}"
  }

  assert {
    condition     = var.aws_region == "us-east-1"
    error_message = "The region is not Steno's own default."
  }

  assert {
    condition     = output.s3_bucket_name == "speech-transcription-1"
    error_message = "s3_bucket_name does not name the bucket."
  }
}

run "lifecycle_by_default" {
  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.transcripts.rule : rule.id] == ["abort-incomplete-uploads", "expire-noncurrent-versions"]
    error_message = "There are other rules than the two that every bucket has."
  }

  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.transcripts.rule : rule.status == "Enabled"])
    error_message = "A rule is not enabled."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.transcripts.rule[0].abort_incomplete_multipart_upload[0].days_after_initiation == 7
    error_message = "Incomplete uploads are not aborted after 7 days."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.transcripts.rule[1].noncurrent_version_expiration[0].noncurrent_days == 90
    error_message = "Old versions do not expire after 90 days."
  }

  # Old versions may go, transcripts never.
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.transcripts.rule : length(rule.expiration) == 0])
    error_message = "A rule deletes transcripts."
  }
}

run "own_key_and_tiering" {
  variables {
    kms_key_arn              = "arn:aws:kms:us-east-1:111122223333:key/1"
    intelligent_tiering_days = 30
    noncurrent_version_days  = 7
  }

  assert {
    condition = [
      for rule in aws_s3_bucket_server_side_encryption_configuration.transcripts.rule :
      [rule.bucket_key_enabled, rule.apply_server_side_encryption_by_default[0].sse_algorithm, rule.apply_server_side_encryption_by_default[0].kms_master_key_id]
    ] == [[true, "aws:kms", "arn:aws:kms:us-east-1:111122223333:key/1"]]
    error_message = "The bucket is not encrypted with the given key."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.transcripts.rule[2].status == "Enabled"
    error_message = "The rule of Intelligent-Tiering is not enabled."
  }

  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.transcripts.rule[2].transition).storage_class == "INTELLIGENT_TIERING" && one(aws_s3_bucket_lifecycle_configuration.transcripts.rule[2].transition).days == 30
    error_message = "Transcripts do not move to Intelligent-Tiering after 30 days."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.transcripts.rule[1].noncurrent_version_expiration[0].noncurrent_days == 7
    error_message = "Old versions do not expire after the days that were given."
  }
}

run "refuses_a_bucket_prefix_that_s3_would_refuse" {
  command = plan

  variables {
    bucket_prefix = "Speech_Transcription"
  }

  expect_failures = [var.bucket_prefix]
}

run "refuses_to_keep_old_versions_for_no_time" {
  command = plan

  variables {
    noncurrent_version_days = 0
  }

  expect_failures = [var.noncurrent_version_days]
}
