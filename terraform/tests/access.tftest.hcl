# Who Steno is and what it may do, as the JSON that AWS would get.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "user_with_least_privilege_by_default" {
  assert {
    condition = jsonencode(jsondecode(aws_iam_policy.steno.policy)) == jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "Transcribe"
          Effect   = "Allow"
          Action   = "transcribe:StartStreamTranscription"
          Resource = "*"
        },
        {
          Sid      = "Archive"
          Effect   = "Allow"
          Action   = ["s3:PutObject", "s3:GetObject"]
          Resource = "arn:aws:s3:::speech-transcription-1/*"
        },
      ]
    })
    error_message = "The policy allows something else: ${aws_iam_policy.steno.policy}"
  }

  assert {
    condition     = aws_iam_user.steno[0].name == "transcription-service-dev" && aws_iam_access_key.steno[0].user == "transcription-service-dev"
    error_message = "The user or its key is not named after iam_user_prefix and environment."
  }

  assert {
    condition     = aws_iam_user_policy_attachment.steno[0].user == "transcription-service-dev" && aws_iam_user_policy_attachment.steno[0].policy_arn == "arn:aws:iam::111122223333:policy/steno"
    error_message = "The user does not have the policy."
  }

  assert {
    condition     = length(aws_iam_role.steno) == 0
    error_message = "There is a role that nobody asked for."
  }

  assert {
    condition     = output.aws_access_key_id == "AKIAEXAMPLE" && output.aws_secret_access_key == "not-a-secret" && output.role_arn == null
    error_message = "The outputs are not the user's key."
  }

  assert {
    condition     = issensitive(output.aws_secret_access_key)
    error_message = "The secret key would be printed."
  }
}

run "library_may_list_and_delete_below_the_prefix" {
  variables {
    library   = true
    s3_prefix = "team/"
  }

  assert {
    condition = [for s in jsondecode(aws_iam_policy.steno.policy).Statement : [s.Sid, s.Action, s.Resource] if startswith(s.Sid, "Library")] == [
      ["LibraryList", "s3:ListBucket", "arn:aws:s3:::speech-transcription-1"],
      ["LibraryDelete", "s3:DeleteObject", "arn:aws:s3:::speech-transcription-1/team/*"],
    ]
    error_message = "The policy allows something else: ${aws_iam_policy.steno.policy}"
  }

  assert {
    condition     = jsondecode(aws_iam_policy.steno.policy).Statement[2].Condition.StringLike["s3:prefix"] == "team/*"
    error_message = "Other prefixes can be listed."
  }
}

run "audio_may_go_on_with_uploads_below_the_prefix" {
  variables {
    audio     = true
    s3_prefix = "team/"
  }

  assert {
    condition = [for s in jsondecode(aws_iam_policy.steno.policy).Statement : [s.Sid, s.Resource] if startswith(s.Sid, "Audio")] == [
      ["AudioUploads", "arn:aws:s3:::speech-transcription-1"],
      ["AudioParts", "arn:aws:s3:::speech-transcription-1/team/*"],
    ]
    error_message = "The policy allows something else: ${aws_iam_policy.steno.policy}"
  }
}

run "role_instead_of_user" {
  variables {
    role_principals = ["ecs-tasks.amazonaws.com"]
    environment     = "prod"
  }

  assert {
    condition     = length(aws_iam_user.steno) + length(aws_iam_access_key.steno) + length(aws_iam_user_policy_attachment.steno) == 0
    error_message = "There is a user or a key beside the role."
  }

  assert {
    condition = jsonencode(jsondecode(aws_iam_role.steno[0].assume_role_policy)) == jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Service = ["ecs-tasks.amazonaws.com"] }
        Action    = "sts:AssumeRole"
      }]
    })
    error_message = "Somebody else may take the role: ${aws_iam_role.steno[0].assume_role_policy}"
  }

  assert {
    condition     = aws_iam_role_policy_attachment.steno[0].role == "transcription-service-prod" && aws_iam_role_policy_attachment.steno[0].policy_arn == "arn:aws:iam::111122223333:policy/steno"
    error_message = "The role does not have the policy."
  }

  assert {
    condition     = output.aws_access_key_id == null && output.aws_secret_access_key == null && output.role_arn == "arn:aws:iam::111122223333:role/steno"
    error_message = "The outputs are not the role's."
  }
}

run "own_prefix_and_own_key" {
  variables {
    s3_prefix   = "team/"
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1"
  }

  assert {
    condition = jsonencode([
      for statement in slice(jsondecode(aws_iam_policy.steno.policy).Statement, 1, 3) : [statement.Effect, statement.Action, statement.Resource]
      ]) == jsonencode([
      ["Allow", ["s3:PutObject", "s3:GetObject"], "arn:aws:s3:::speech-transcription-1/team/*"],
      ["Allow", ["kms:GenerateDataKey", "kms:Decrypt"], "arn:aws:kms:us-east-1:111122223333:key/1"],
    ])
    error_message = "Reach and key are not as given: ${aws_iam_policy.steno.policy}"
  }

  assert {
    condition     = length(jsondecode(aws_iam_policy.steno.policy).Statement) == 3
    error_message = "The policy says more than it should: ${aws_iam_policy.steno.policy}"
  }
}

run "refuses_a_prefix_that_means_more_than_itself" {
  command = plan

  variables {
    s3_prefix = "*"
  }

  expect_failures = [var.s3_prefix]
}

run "refuses_an_environment_that_iam_would_refuse" {
  command = plan

  variables {
    environment = "my environment"
  }

  expect_failures = [var.environment]
}
