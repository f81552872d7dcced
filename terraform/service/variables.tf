variable "aws_region" {
  description = "Region of the service, of its bucket and of Amazon Transcribe."
  type        = string
  default     = "us-east-1"
}

variable "name" {
  description = "What the names of all resources begin with; the environment follows."
  type        = string
  default     = "steno"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,15}$", var.name))
    error_message = "name must be 1 to 16 small letters, digits and hyphens, and begin with a letter."
  }
}

variable "environment" {
  description = "For example dev or prod: in names and tags."
  type        = string
  default     = "dev"

  validation {
    condition     = can(regex("^[a-z0-9-]{1,8}$", var.environment))
    error_message = "environment must be 1 to 8 small letters, digits and hyphens."
  }
}

variable "image" {
  description = "The container image, with its tag or digest: 111122223333.dkr.ecr.us-east-1.amazonaws.com/steno:0.2.0."
  type        = string
}

variable "vpc_id" {
  description = "The network of the service."
  type        = string
}

variable "public_subnet_ids" {
  description = "Subnets of the load balancer, in two availability zones or more."
  type        = list(string)

  validation {
    condition     = length(var.public_subnet_ids) >= 2
    error_message = "A load balancer needs subnets in two availability zones."
  }
}

variable "private_subnet_ids" {
  description = "Subnets of the tasks and of the store, in two availability zones or more, with a way to AWS: NAT or endpoints."
  type        = list(string)

  validation {
    condition     = length(var.private_subnet_ids) >= 2
    error_message = "The store's replica needs a subnet in a second availability zone."
  }
}

variable "certificate_arn" {
  description = "The load balancer's certificate, of AWS Certificate Manager. Browsers give a microphone to https pages only."
  type        = string
}

variable "host_name" {
  description = "The name under which people reach the page; ALLOWED_HOSTS. Its DNS record is yours to make, see output load_balancer."
  type        = string
}

variable "allowed_cidrs" {
  description = "Who may open the page, by address."
  type        = list(string)
  default     = ["0.0.0.0/0"]
}

variable "s3_bucket_name" {
  description = "The bucket of the transcripts: output s3_bucket_name of the module beside this one."
  type        = string
}

variable "s3_prefix" {
  description = "S3_PREFIX, to the letter: the tasks reach these objects only. Empty: the whole bucket."
  type        = string
  default     = ""

  validation {
    condition     = !can(regex("[*?$]", var.s3_prefix))
    error_message = "s3_prefix must not contain *, ? or $, which mean more than themselves in a policy."
  }
}

variable "kms_key_arn" {
  description = "The bucket's own key, if it has one."
  type        = string
  default     = null
}

variable "settings" {
  description = "More settings of Steno, by key. No secrets: everybody who may look at the task definition sees them."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "Settings whose values lie in AWS Secrets Manager or Parameter Store, as ARNs by key, AUTH_TOKENS for example."
  type        = map(string)
  default     = {}
}

variable "task_cpu" {
  description = "CPU units of a task. 1024 are one core: about 100 recordings with Amazon Transcribe."
  type        = number
  default     = 1024
}

variable "task_memory" {
  description = "Memory of a task in MiB."
  type        = number
  default     = 2048
}

variable "least_tasks" {
  description = "Tasks that always run. One loses nothing when it dies, but nobody can record until the next one is up."
  type        = number
  default     = 2
}

variable "most_tasks" {
  description = "Tasks at most."
  type        = number
  default     = 6
}

variable "recordings_per_task" {
  description = "Tasks are added above, and taken away below, so many recordings each."
  type        = number
  default     = 12
}

variable "session_limit" {
  description = "SESSION_LIMIT: recordings that one task takes at most."
  type        = number
  default     = 20
}

variable "stream_limit" {
  description = "TRANSCRIBE_STREAM_LIMIT: the account's concurrent streams in this region, for all tasks together."
  type        = number
  default     = 25
}

variable "store_node_type" {
  description = "Size of the store's nodes. A recording needs some kB."
  type        = string
  default     = "cache.t4g.micro"
}

variable "store_auth_token" {
  description = "Password of the store, 16 to 128 characters without @, / and double quotes. Kept in Terraform's state."
  type        = string
  sensitive   = true

  validation {
    condition     = can(regex("^[A-Za-z0-9!&#$^<>-]{16,128}$", var.store_auth_token))
    error_message = "store_auth_token must be 16 to 128 letters, digits and !&#$^<>-."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept. They hold neither audio nor text."
  type        = number
  default     = 30
}

variable "alarm_topic_arns" {
  description = "SNS topics that hear of alarms."
  type        = list(string)
  default     = []
}

variable "metrics_image" {
  description = "The CloudWatch agent that reads Steno's metrics."
  type        = string
  default     = "public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1.300057.1b1167"
}

variable "load_balancer_cidrs" {
  description = "Address ranges of the public subnets: TRUSTED_PROXIES, whose word on a caller's address counts."
  type        = list(string)
}
