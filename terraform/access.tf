# What Steno may do, and who it is: an IAM user with an access key or, better where Steno runs on AWS, a role.
# The policies are written as JSON here, not as data sources: what is tested is then what is sent.

locals {
  name     = "${var.iam_user_prefix}-${var.environment}"
  use_role = length(var.role_principals) > 0

  transcribe = {
    Sid    = "Transcribe"
    Effect = "Allow"
    Action = "transcribe:StartStreamTranscription"
    # The action knows no resources.
    Resource = "*"
  }

  archive = {
    Sid    = "Archive"
    Effect = "Allow"
    # Get: to recognise an own object when the answer to its put was lost.
    Action   = ["s3:PutObject", "s3:GetObject"]
    Resource = "${aws_s3_bucket.transcripts.arn}/${var.s3_prefix}*"
  }

  # Without it the library cannot list, search or delete.
  library = [for statement in [
    {
      Sid       = "LibraryList"
      Effect    = "Allow"
      Action    = "s3:ListBucket"
      Resource  = aws_s3_bucket.transcripts.arn
      Condition = { StringLike = { "s3:prefix" = "${var.s3_prefix}*" } }
    },
    {
      Sid      = "LibraryDelete"
      Effect   = "Allow"
      Action   = "s3:DeleteObject"
      Resource = "${aws_s3_bucket.transcripts.arn}/${var.s3_prefix}*"
    },
  ] : statement if var.library]

  # Uploads in parts: without it one that is interrupted begins again, and its parts wait for the lifecycle rule.
  audio = [for statement in [
    {
      Sid      = "AudioUploads"
      Effect   = "Allow"
      Action   = "s3:ListBucketMultipartUploads"
      Resource = aws_s3_bucket.transcripts.arn
    },
    {
      Sid      = "AudioParts"
      Effect   = "Allow"
      Action   = ["s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"]
      Resource = "${aws_s3_bucket.transcripts.arn}/${var.s3_prefix}*"
    },
  ] : statement if var.audio]

  encrypt = var.kms_key_arn == null ? [] : [{
    Sid      = "Encrypt"
    Effect   = "Allow"
    Action   = ["kms:GenerateDataKey", "kms:Decrypt"]
    Resource = var.kms_key_arn
  }]
}

resource "aws_iam_policy" "steno" {
  name        = local.name
  description = "What Steno needs: streams to Amazon Transcribe, transcripts to their bucket."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.transcribe, local.archive], local.library, local.audio, local.encrypt)
  })
}

resource "aws_iam_user" "steno" {
  count = local.use_role ? 0 : 1

  name = local.name
}

resource "aws_iam_user_policy_attachment" "steno" {
  count = local.use_role ? 0 : 1

  user       = aws_iam_user.steno[0].name
  policy_arn = aws_iam_policy.steno.arn
}

# The secret is in Terraform's state: keep the state where few can read it.
resource "aws_iam_access_key" "steno" {
  count = local.use_role ? 0 : 1

  user = aws_iam_user.steno[0].name
}

resource "aws_iam_role" "steno" {
  count = local.use_role ? 1 : 0

  name = local.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = var.role_principals }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "steno" {
  count = local.use_role ? 1 : 0

  role       = aws_iam_role.steno[0].name
  policy_arn = aws_iam_policy.steno.arn
}
