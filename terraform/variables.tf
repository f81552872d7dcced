variable "aws_region" {
  description = "Region of the bucket and of Amazon Transcribe; Steno's AWS_REGION."
  type        = string
  default     = "us-east-1"
}

variable "bucket_prefix" {
  description = "What the bucket's name begins with; AWS adds a suffix that makes it unique in the world."
  type        = string
  default     = "speech-transcription"

  validation {
    # 63 characters less the hyphen and AWS's 26.
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,35}$", var.bucket_prefix))
    error_message = "bucket_prefix must be 1 to 36 small letters, digits and hyphens, and begin with a letter or digit."
  }
}

variable "iam_user_prefix" {
  description = "What the names of the IAM user, role and policy begin with; the environment follows."
  type        = string
  default     = "transcription-service"
}

variable "environment" {
  description = "For example dev or prod: in names and tags."
  type        = string
  default     = "dev"

  validation {
    condition     = can(regex("^[a-z0-9-]{1,16}$", var.environment))
    error_message = "environment must be 1 to 16 small letters, digits and hyphens."
  }
}

variable "s3_prefix" {
  description = "Steno's S3_PREFIX, to the letter (team/): the credentials reach these objects only. Empty: the whole bucket."
  type        = string
  default     = ""

  validation {
    condition     = !can(regex("[*?$]", var.s3_prefix))
    error_message = "s3_prefix must not contain *, ? or $, which mean more than themselves in a policy."
  }
}

variable "role_principals" {
  description = "AWS services (ecs-tasks.amazonaws.com) that run Steno. If any, a role for them takes the place of the user and its access key."
  type        = list(string)
  default     = []
}

variable "library" {
  description = "Whether Steno may also list and delete transcripts in the bucket, which its library (list, search, delete) needs."
  type        = bool
  default     = false
}

variable "audio" {
  description = "Whether Steno stores audio in the bucket (ARCHIVE_AUDIO=wav): it may then see its uploads in parts, go on with them and abort them."
  type        = bool
  default     = false
}

variable "kms_key_arn" {
  description = "Your own KMS key for the bucket. Null: S3 encrypts with its own keys, at no cost."
  type        = string
  default     = null
}

variable "intelligent_tiering_days" {
  description = "Transcripts move to Intelligent-Tiering after so many days. Null: never; objects under 128 KB gain nothing by it."
  type        = number
  default     = null
}

variable "noncurrent_version_days" {
  description = "Versions that were overwritten or deleted are kept for so many days."
  type        = number
  default     = 90

  validation {
    condition     = var.noncurrent_version_days >= 1
    error_message = "noncurrent_version_days must be 1 or more."
  }
}
