# Two roles: one with which ECS starts a task, one that Steno itself has. There are no access keys.
# The policies are written as JSON here, not as data sources: what is tested is then what is sent.

locals {
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  # Neither action knows resources. The second is for recordings whose language is not known.
  translate = lookup(var.settings, "TRANSLATION", "off") != "amazon-translate" ? [] : [{
    Sid      = "Translate"
    Effect   = "Allow"
    Action   = ["translate:TranslateText", "comprehend:DetectDominantLanguage"]
    Resource = "*"
  }]

  encrypt = var.kms_key_arn == null ? [] : [{
    Sid      = "Encrypt"
    Effect   = "Allow"
    Action   = ["kms:GenerateDataKey", "kms:Decrypt"]
    Resource = var.kms_key_arn
  }]
}

resource "aws_iam_role" "start" {
  name               = "${local.name}-start"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy_attachment" "start" {
  role       = aws_iam_role.start.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "secrets" {
  name = "secrets"
  role = aws_iam_role.start.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "ReadSecrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue", "ssm:GetParameters"]
      Resource = concat([aws_secretsmanager_secret.store_url.arn], values(var.secrets))
    }]
  })
}

resource "aws_iam_role" "task" {
  name               = "${local.name}-task"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "task" {
  name = "steno"
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Sid    = "Transcribe"
        Effect = "Allow"
        Action = "transcribe:StartStreamTranscription"
        # The action knows no resources.
        Resource = "*"
      },
      {
        Sid    = "Archive"
        Effect = "Allow"
        # Put and get; delete and multipart for the library: erased transcripts, corrections, stored audio.
        Action   = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
        Resource = "arn:aws:s3:::${var.s3_bucket_name}/${var.s3_prefix}*"
      },
      {
        Sid       = "List"
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = "arn:aws:s3:::${var.s3_bucket_name}"
        Condition = { StringLike = { "s3:prefix" = "${var.s3_prefix}*" } }
      },
      {
        Sid      = "Metrics"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.metrics.arn}:*"
      },
    ], local.encrypt, local.translate)
  })
}
