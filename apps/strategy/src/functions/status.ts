import { app } from '@azure/functions';
import { expectationHeader } from '@mispriced/config';
import { answerStatus } from '../status/answer-status.ts';

app.http('status', {
  methods: ['GET'],
  authLevel: 'function',
  handler: ({ headers }) =>
    answerStatus({
      accept: headers.get('accept') ?? '',
      expects: headers.get(expectationHeader),
    }),
});
