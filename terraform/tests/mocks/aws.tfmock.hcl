# What AWS would answer, where a policy or another resource needs it.

mock_resource "aws_s3_bucket" {
  defaults = {
    id     = "speech-transcription-1"
    bucket = "speech-transcription-1"
    arn    = "arn:aws:s3:::speech-transcription-1"
  }
}

mock_resource "aws_iam_policy" {
  defaults = {
    arn = "arn:aws:iam::111122223333:policy/steno"
  }
}

mock_resource "aws_iam_access_key" {
  defaults = {
    id     = "AKIAEXAMPLE"
    secret = "not-a-secret"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn = "arn:aws:iam::111122223333:role/steno"
  }
}
