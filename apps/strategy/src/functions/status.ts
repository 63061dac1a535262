import { app } from '@azure/functions';
import { answerStatus } from '../status/answer-status.ts';

app.http('status', {
  methods: ['GET'],
  authLevel: 'function',
  handler: (request) => answerStatus({ accept: request.headers.get('accept') ?? '' }),
});
